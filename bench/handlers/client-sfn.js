// The provider framework loads it and, without `isComplete`, never calls it.
exports.SFN = class {};
