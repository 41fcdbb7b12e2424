"""Every performance claim, beside a baseline measured in the same run."""
