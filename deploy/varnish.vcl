# Varnish in front of the site: VARNISH=http://… of this cache is HTTP_CACHE_URL of the site (docs/operators.md).
# Start it with `-p http_gzip_support=off`: the site has each page compressed already, also with Brotli.
vcl 4.1;

import std;

backend site {
    .host = "127.0.0.1";
    .port = "8000";
    .probe = { .url = "/-/live"; .interval = 2s; .timeout = 1s; .window = 3; .threshold = 2; }
}

# Who may purge: the machine on which the scheduler runs.
acl purgers { "127.0.0.1"; "::1"; }

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) { return (synth(405)); }
        # Any page may show the change.
        ban("obj.status != 0");
        return (synth(200, "Purged"));
    }
    if (req.method != "GET" && req.method != "HEAD") { return (pass); }
    if (req.http.Authorization || req.http.Cookie ~ "(^|;\s*)(sessionid|messages)=") { return (pass); }
    unset req.http.Cookie;
    # One of the encodings that the site has, the shortest first
    if (req.http.Accept-Encoding ~ "(^|,\s*)br(\s*(,|$))") { set req.http.Accept-Encoding = "br"; }
    elsif (req.http.Accept-Encoding ~ "(^|,\s*)gzip(\s*(,|$))") { set req.http.Accept-Encoding = "gzip"; }
    else { unset req.http.Accept-Encoding; }
    # What is too old is given for a moment while it is fetched again, and longer only while the site does not answer.
    if (std.healthy(req.backend_hint)) { set req.grace = 5s; }
    return (hash);
}

sub vcl_backend_response {
    if (beresp.http.Set-Cookie || beresp.status >= 400 || beresp.http.Cache-Control !~ "(s-maxage|public|immutable)") {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    # `no-cache` is for browsers; `s-maxage` counts here.
    set beresp.grace = 1d;
    set beresp.keep = 1d;
    return (deliver);
}

sub vcl_deliver {
    # For browsers only what is said to them
    set resp.http.Cache-Control = regsub(resp.http.Cache-Control, ",\s*s-maxage=.*$", "");
    unset resp.http.Age;
}
