"""The desk's own screens and what they send to; each asks iom.translation.policy before anything else."""
