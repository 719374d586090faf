"""What `make bench-search` is made of; scripts/bench_search.py says what it measures."""
