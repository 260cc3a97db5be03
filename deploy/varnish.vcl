# Varnish in front of the site: VARNISH=http://… of this cache is HTTP_CACHE_URL of the site (docs/operators.md).
# Start it with `-p http_gzip_support=off`: the site has each page compressed already, also with Brotli.
vcl 4.1;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = { .url = "/-/live"; .interval = 2s; .timeout = 1s; .window = 3; .threshold = 2; }
}

# Who may purge: the machine on which the scheduler runs.
acl purgers { "127.0.0.1"; "::1"; }

include "./varnish-rules.vcl";
