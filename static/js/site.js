// What makes the pages nicer where there is JavaScript; every page works without. `collectstatic` makes one file of it.
import "./disclosure.js";
import "./gallery.js";
import "./in-place.js";
import "./local-time.js";
import "./share.js";
import "./suggestions.js";
