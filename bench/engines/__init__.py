"""ficsearch's engine beside other engines: the same stories, the same questions, in one run. See bench/README.md."""
