'use strict';
// Comfort for pages that work without it.
