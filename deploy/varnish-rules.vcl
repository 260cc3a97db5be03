# The caching rules of Varnish. The file with the address of the site includes them (varnish.vcl, compose.yaml).
import std;

# The site sends these too, but not with what its web server refuses itself, nor does Varnish.
sub headers_for_browsers {
    if (!resp.http.X-Content-Type-Options) { set resp.http.X-Content-Type-Options = "nosniff"; }
    if (!resp.http.X-Frame-Options) { set resp.http.X-Frame-Options = "DENY"; }
    if (!resp.http.Referrer-Policy) { set resp.http.Referrer-Policy = "strict-origin-when-cross-origin"; }
    if (!resp.http.Cross-Origin-Opener-Policy) { set resp.http.Cross-Origin-Opener-Policy = "same-origin"; }
    if (!resp.http.Content-Security-Policy) {
        set resp.http.Content-Security-Policy = "default-src 'none'; frame-ancestors 'none'";
    }
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # The scheduler sends purges directly; a forwarded request has more than one address here.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") { return (synth(405)); }
        # A change may affect any page.
        ban("obj.status != 0");
        return (synth(200, "Purged"));
    }
    # The site answers these without reading them (iom/core/request_limits.py). Varnish, still sending, would answer 503.
    if (req.method !~ "^(GET|HEAD|OPTIONS)$" && req.url !~ "^(/admin/|/documents/password/|[^?]*/-/)") { return (synth(405)); }
    if (std.integer(req.http.Content-Length, 0) > 2097152 && req.http.Cookie !~ "(^|;\s*)(__Host-)?sessionid=") {
        if (req.url ~ "^/admin/") { return (synth(302)); }
        return (synth(413));
    }
    if (req.method != "GET" && req.method != "HEAD") { return (pass); }
    if (req.http.Authorization || req.http.Cookie ~ "(^|;\s*)(__Host-)?(sessionid|messages)=") { return (pass); }
    unset req.http.Cookie;
    # The encodings of the site, the smallest first. Responses that are not cached have only gzip.
    if (req.http.Accept-Encoding ~ "(^|,\s*)br(\s*(,|$))") {
        if (req.http.Accept-Encoding ~ "(^|,\s*)gzip(\s*(,|$))") { set req.http.Accept-Encoding = "br, gzip"; }
        else { set req.http.Accept-Encoding = "br"; }
    }
    elsif (req.http.Accept-Encoding ~ "(^|,\s*)gzip(\s*(,|$))") { set req.http.Accept-Encoding = "gzip"; }
    else { unset req.http.Accept-Encoding; }
    # An expired response is served for a moment while it is fetched again, and longer only if the site does not answer.
    if (std.healthy(req.backend_hint)) { set req.grace = 5s; }
    return (hash);
}

sub vcl_backend_response {
    if (beresp.http.Set-Cookie || beresp.status >= 400 || beresp.http.Cache-Control !~ "(s-maxage|public|immutable)") {
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    # `no-cache` is for browsers; `s-maxage` applies here.
    set beresp.grace = 1d;
    set beresp.keep = 1d;
    return (deliver);
}

# The site does not answer, and the page is not in the cache.
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

# The answer to what is refused above, and to a purge
sub vcl_synth {
    set resp.http.Content-Type = "text/html; charset=utf-8";
    set resp.http.Cache-Control = "no-store";
    if (resp.status == 302) { set resp.http.Location = "/admin/login/"; }
    if (resp.status == 405) { set resp.http.Allow = "GET, HEAD, OPTIONS"; }
    synthetic({"<!DOCTYPE html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>OIM · IOM</title>
<p>Rien n’a été enregistré : cette adresse ne reçoit aucun formulaire, ou le contenu dépasse 2 Mo.</p>
<p lang="en">Nothing has been saved: this address takes no forms, or the content exceeds 2 MB.</p>
</html>
"});
    call headers_for_browsers;
    return (deliver);
}

sub vcl_deliver {
    # Browsers get only the directives that are meant for them
    if (resp.http.Cache-Control) { set resp.http.Cache-Control = regsub(resp.http.Cache-Control, ",\s*s-maxage=.*$", ""); }
    unset resp.http.Age;
    call headers_for_browsers;
}
