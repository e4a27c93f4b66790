// Walks over the settings' visit(): what JSON, the command line and the window's forms are built from. A field is a
// bool, int64_t, double, std::string, std::vector<std::string>, a section (a struct with visit()) or an optional
// section. Any thread.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "engine/base/config.h"

namespace lathe {

template <class T>
concept ConfigSection = requires(T& section) {
    std::remove_const_t<T>::visit(section, [](auto&&...) {});
};

template <class T>
inline constexpr bool is_optional_section = false;
template <class T>
inline constexpr bool is_optional_section<std::optional<T>> = ConfigSection<T>;

inline std::string dotted(const std::string& prefix, std::string_view name) {
    return prefix.empty() ? std::string(name) : prefix + "." + std::string(name);
}

// f(dotted key, value, Field) for every field that is no section. Absent optional sections are passed over.
template <class Section, class F>
void for_each_leaf(Section& section, F&& f, const std::string& prefix = "") {
    std::remove_const_t<Section>::visit(section, [&](const char* name, auto& value, const Field& field) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (ConfigSection<Value>) {
            for_each_leaf(value, f, dotted(prefix, name));
        } else if constexpr (is_optional_section<Value>) {
            if (value) for_each_leaf(*value, f, dotted(prefix, name));
        } else {
            f(dotted(prefix, name), value, field);
        }
    });
}

// Every dotted key there can be, sections included and in order, whether present or not.
template <class Section>
std::vector<std::string> all_keys(const std::string& prefix = "") {
    std::vector<std::string> keys;
    Section section;
    Section::visit(section, [&](const char* name, auto& value, const Field&) {
        using Value = std::remove_cvref_t<decltype(value)>;
        keys.push_back(dotted(prefix, name));
        std::vector<std::string> inner;
        if constexpr (ConfigSection<Value>) {
            inner = all_keys<Value>(keys.back());
        } else if constexpr (is_optional_section<Value>) {
            inner = all_keys<typename Value::value_type>(keys.back());
        }
        keys.insert(keys.end(), inner.begin(), inner.end());
    });
    return keys;
}

// out_of_range naming `key` unless the value is legal for the field: its range, its choices, no NUL in a text.
void check_field(bool value, const Field& field, const std::string& key, const std::string& file);
void check_field(int64_t value, const Field& field, const std::string& key, const std::string& file);
void check_field(double value, const Field& field, const std::string& key, const std::string& file);
void check_field(const std::string& value, const Field& field, const std::string& key, const std::string& file);
void check_field(const std::vector<std::string>& value, const Field& field, const std::string& key,
                 const std::string& file);

// "8 to 65536", "at least 0", "" where anything goes.
std::string range_text(const Field& field);
// The known key that is closest to a mistyped one by edit distance (Levenshtein), the section being a lesser mistake
// than the name.
std::string nearest_key(const std::string& key, const std::vector<std::string>& known);

}  // namespace lathe
