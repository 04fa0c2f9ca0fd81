package svefaktura

import "slices"

// Rules are all of SFTI's rules, in the order that they are judged.
var Rules = slices.Concat(headRules, lineRules, sumRules)
