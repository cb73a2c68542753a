"""Files of known truth, in every layout of a header: what is read of them, and what is not."""
