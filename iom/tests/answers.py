"""What every answer has, of whichever status."""

# Their values depend on the answer: the policies of the admin and of files differ from that of pages.
STRICT_HEADERS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
