# Varnish in front of the site. The setting HTTP_CACHE_URL is the address of this cache (docs/operators.md).
# Start it with `-p http_gzip_support=off`: the site compresses all pages itself, also with Brotli.
vcl 4.1;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = { .url = "/-/live"; .interval = 2s; .timeout = 1s; .window = 3; .threshold = 2; }
}

# Purges are allowed from the machine of the scheduler.
acl purgers { "127.0.0.1"; "::1"; }

include "./varnish-rules.vcl";
