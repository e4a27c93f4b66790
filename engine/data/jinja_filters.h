// The filters in their files, each table in the order of its names. Source: jinja2 3.1.6 filters.py.
#pragma once

#include <span>

#include "engine/data/jinja_callable.h"

namespace lathe::jinja {

std::span<const NamedFilter> text_filters();
std::span<const NamedFilter> sequence_filters();
std::span<const NamedFilter> choice_filters();
std::span<const NamedFilter> number_filters();

// The value of a dotted attribute ("a.0.b"), as filters take them.
Value attribute_path(Budget& budget, Value item, const Value& path);
// In lower case where it is a string.
Value ignoring_case(Budget& budget, const Value& value);

}  // namespace lathe::jinja
