"""What `bench.events` runs in processes of their own."""
