// A setting of SampleConfig as a text field shows it and reads it back. Numbers have a point and no groups; texts that
// end an answer are separated by commas, with \n, \t, \, and \\ for what a line cannot hold. Pure functions. Thread:
// GUI (translations).
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "engine/base/config.h"

namespace lathe {

QString field_text(int64_t value);
QString field_text(double value);
QString field_text(const std::vector<std::string>& value);

// What a text says; wrong: why, and the nearest legal text. `value` changes only where it is right.
struct FieldReading {
    bool right = true;
    QString why, legal;
};
FieldReading read_field(const QString& text, const Field& field, int64_t& value);
FieldReading read_field(const QString& text, const Field& field, double& value);
FieldReading read_field(const QString& text, const Field& field, std::vector<std::string>& value);

}  // namespace lathe
