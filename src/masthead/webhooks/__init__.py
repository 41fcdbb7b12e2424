"""Events sent to addresses that somebody has asked for, as Standard Webhooks says."""
