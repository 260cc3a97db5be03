"""The letters in which the desk's messages are sent: what still matters, in which words, when."""
