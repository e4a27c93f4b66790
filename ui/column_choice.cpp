#include "ui/column_choice.h"

#include <QSignalBlocker>
#include <algorithm>
#include <array>

namespace lathe {

namespace {

constexpr std::array kKeys = {"data.format",       "data.messages_column",   "data.prompt_column",
                              "data.input_column", "data.completion_column", "data.text_column"};
constexpr std::array kRowFormats = {"text", "messages", "sharegpt", "alpaca", "prompt_completion"};

// "prompt_column" of "data.prompt_column" is described as "prompt question" (engine/data/row_layout.h).
QString column_of(const std::vector<InspectedFile>& files, const std::string& key) {
    const QString role = QString::fromStdString(key).section(u'.', 1).section(u'_', 0, 0) + u' ';
    for (const InspectedFile& file : files)
        for (const QString& part : QString::fromStdString(file.columns).split(QStringLiteral(", ")))
            if (part.startsWith(role)) return part.mid(role.size());
    return {};
}

// What the rows are read as; "": not recognised.
std::string format_of(const DataConfig& data, const std::vector<InspectedFile>& files) {
    if (data.format == "jsonl") return "text";
    if (data.format != "auto") return data.format;
    const auto rows =
        std::find_if(files.begin(), files.end(), [](const InspectedFile& file) { return !file.column_names.empty(); });
    return rows == files.end() ? std::string() : rows->format;
}

bool belongs(const std::string& key, const std::string& format) {
    if (key == "data.format") return true;
    if (key == "data.text_column") return format == "text";
    const bool turns = format == "messages" || format == "sharegpt";
    if (key == "data.messages_column") return turns;
    return !turns && format != "text" && (key != "data.input_column" || !format.empty());
}

std::string value_of(const DataConfig& data, const std::string& key) {
    if (key == "data.format") return data.format;
    if (key == "data.text_column") return data.text_column;
    if (key == "data.messages_column") return data.messages_column;
    if (key == "data.prompt_column") return data.prompt_column;
    return key == "data.input_column" ? data.input_column : data.completion_column;
}

}  // namespace

ColumnChoice::ColumnChoice(QWidget* parent) : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kSmall);
    grid->setVerticalSpacing(space::kTiny);
    grid->setColumnStretch(1, 1);
    for (const std::string key : kKeys) {
        const Role role{make_label(TextRole::caption, Tone::muted), new DropDown};
        role.columns->setObjectName(QString::fromStdString(key));
        role.columns->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        const int row = grid->rowCount();
        grid->addWidget(role.name, row, 0);
        grid->addWidget(role.columns, row, 1);
        roles_[key] = role;
        connect(role.columns, &QComboBox::activated, this, [this, key, columns = role.columns] {
            Q_EMIT chosen(key, columns->currentData().toString().toStdString());
        });
    }
}

bool ColumnChoice::set_data(const DataConfig& data, const std::vector<InspectedFile>& files) {
    data_ = data;
    files_ = files;
    show_choices();
    return std::any_of(files.begin(), files.end(),
                       [](const InspectedFile& file) { return !file.column_names.empty(); });
}

void ColumnChoice::show_choices() {
    QStringList columns, formats;
    for (const InspectedFile& file : files_)
        for (const std::string& name : file.column_names)
            if (const QString column = QString::fromStdString(name); !columns.contains(column)) columns << column;
    for (const char* format : kRowFormats) formats << QLatin1String(format);
    const std::string format = format_of(data_, files_);
    for (const auto& [key, role] : roles_) {
        const bool is_format = key == "data.format";
        fill(key, value_of(data_, key), is_format ? formats : columns,
             is_format ? data_.format == "auto" ? QString::fromStdString(format) : QString() : column_of(files_, key));
        role.name->setVisible(belongs(key, format));
        role.columns->setVisible(belongs(key, format));
    }
}

void ColumnChoice::fill(const std::string& key, const std::string& value, const QStringList& columns,
                        const QString& recognised) {
    DropDown* choice = roles_[key].columns;
    const QSignalBlocker quiet(choice);
    choice->clear();
    const QString nothing = key == "data.format" ? QStringLiteral("auto") : QString();
    if (key != "data.text_column")
        choice->addItem(!recognised.isEmpty()        ? tr("recognised: %1").arg(recognised)
                        : key == "data.input_column" ? tr("none")
                                                     : tr("not recognised"),
                        nothing);
    for (const QString& column : columns) choice->addItem(column, column);
    const QString current = QString::fromStdString(value);
    if (choice->findData(current) < 0) choice->addItem(current, current);  // a column that is not there
    choice->setCurrentIndex(choice->findData(current));
}

void ColumnChoice::retranslate() {
    const std::array names = {tr("Format"), tr("Messages"), tr("Question"), tr("Input"), tr("Answer"), tr("Text")};
    const std::array tips = {tr("What the rows are: texts, conversations, or questions with answers"),
                             tr("The column of a conversation's messages"),
                             tr("The column of the question or instruction"),
                             tr("The column of what an instruction is about; it is put behind it"),
                             tr("The column of the answer, which is learnt"),
                             tr("The column of the text to train on")};
    for (size_t i = 0; i < kKeys.size(); ++i) {
        const Role& role = roles_[kKeys[i]];
        name_field(role.name, role.columns, names[i], tips[i]);
    }
    show_choices();
}

}  // namespace lathe
