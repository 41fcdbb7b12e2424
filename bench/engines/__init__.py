"""What `bench.operations` measures: engines over the same rows, with the same answers."""
