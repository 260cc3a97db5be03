# What Varnish keeps of the site, and for how long; included by what says where the site is (varnish.vcl, compose.yaml).
import std;

sub vcl_recv {
    if (req.method == "PURGE") {
        # The scheduler asks Varnish itself; what another server passes on has more than one address here.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") { return (synth(405)); }
        # Any page may show the change.
        ban("obj.status != 0");
        return (synth(200, "Purged"));
    }
    if (req.method != "GET" && req.method != "HEAD") { return (pass); }
    if (req.http.Authorization || req.http.Cookie ~ "(^|;\s*)(__Host-)?(sessionid|messages)=") { return (pass); }
    unset req.http.Cookie;
    # The encodings that the site has, the shortest first; what is not kept has gzip alone.
    if (req.http.Accept-Encoding ~ "(^|,\s*)br(\s*(,|$))") {
        if (req.http.Accept-Encoding ~ "(^|,\s*)gzip(\s*(,|$))") { set req.http.Accept-Encoding = "br, gzip"; }
        else { set req.http.Accept-Encoding = "br"; }
    }
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

# The site does not answer, and the page is not kept here.
sub vcl_backend_error {
    set beresp.http.Content-Type = "text/html; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "30";
    synthetic({"<!DOCTYPE html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>OIM · IOM</title>
<p>Le site ne répond pas. Veuillez réessayer dans quelques minutes.</p>
<p lang="en">The site does not answer. Please try again in a few minutes.</p>
</html>
"});
    return (deliver);
}

sub vcl_deliver {
    # For browsers only what is said to them
    if (resp.http.Cache-Control) { set resp.http.Cache-Control = regsub(resp.http.Cache-Control, ",\s*s-maxage=.*$", ""); }
    unset resp.http.Age;
}
