"""What happens to a translation from its submission to its publication, and who may do it."""
