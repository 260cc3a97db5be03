// The scripts of public pages, which all work without JavaScript. `collectstatic` bundles them into one file.
import "./disclosure.js";
import "./gallery.js";
import "./in-place.js";
import "./local-time.js";
import "./share.js";
import "./suggestions.js";
