// Carries the precompiled header of libtorch.cmake; an object needs a source.
