"""Press releases from files: readers give passages, `structure` makes a release of them, `writer` makes the draft."""
