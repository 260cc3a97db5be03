"""The translation memory: what is kept, how it is found, where it is offered."""
