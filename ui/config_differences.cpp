#include "ui/config_differences.h"

#include <QHeaderView>
#include <algorithm>
#include <optional>

#include "engine/base/json.h"

namespace lathe {

namespace {

constexpr int kRow = 30, kColumn = 150;

std::string value_of(const Json& config, std::string key) {
    std::replace(key.begin(), key.end(), '.', '/');
    const Json::json_pointer place("/" + key);
    return config.contains(place) ? dump_json(config[place]) : std::string();
}

}  // namespace

std::vector<ConfigDifference> config_differences(const std::vector<const RunDetail*>& runs) {
    std::vector<std::optional<RunConfig>> configs;
    for (const RunDetail* run : runs) {
        configs.emplace_back();
        static_cast<void>(error_of([&] { configs.back() = parse_run_config(run->config_json, ""); }));
    }
    const auto first =
        std::find_if(configs.begin(), configs.end(), [](const auto& config) { return config.has_value(); });
    std::vector<std::string> keys;
    for (const auto& config : configs) {
        if (!config) continue;
        for (const std::string& key : differing_keys(**first, *config))
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    std::vector<Json> values;
    for (const auto& config : configs) values.push_back(config ? parse_json(to_json(*config), "") : Json());
    std::vector<ConfigDifference> differences;
    for (const std::string& key : keys) {
        ConfigDifference& difference = differences.emplace_back(ConfigDifference{.key = key, .values = {}});
        for (size_t i = 0; i < runs.size(); ++i)
            difference.values.push_back(configs[i] ? value_of(values[i], key) : "");
    }
    return differences;
}

class ConfigDifferencesCard::Model : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<ConfigDifference> differences, QStringList runs) {
        beginResetModel();
        differences_ = std::move(differences);
        runs_ = std::move(runs);
        endResetModel();
    }
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(differences_.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(runs_.size());
    }
    QVariant data(const QModelIndex& index, int role) const override {
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
        const std::string& value =
            differences_[static_cast<size_t>(index.row())].values[static_cast<size_t>(index.column())];
        return value.empty() ? QStringLiteral("–") : QString::fromStdString(value);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
        return orientation == Qt::Horizontal ? runs_[section]
                                             : QString::fromStdString(differences_[static_cast<size_t>(section)].key);
    }

private:
    std::vector<ConfigDifference> differences_;
    QStringList runs_;
};

ConfigDifferencesCard::ConfigDifferencesCard(const RunOverlay& overlay, QWidget* parent)
    : Card(parent),
      overlay_(overlay),
      model_(new Model(this)),
      table_(new QTableView),
      hint_(make_label(TextRole::body, Tone::muted)) {
    table_->setModel(model_);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    table_->setTextElideMode(Qt::ElideMiddle);
    table_->verticalHeader()->setDefaultSectionSize(kRow);
    table_->verticalHeader()->setFont(text_font(TextRole::mono));
    table_->horizontalHeader()->setFont(text_font(TextRole::caption));
    table_->horizontalHeader()->setDefaultSectionSize(kColumn);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    hint_->setWordWrap(true);
    hint_->setAlignment(Qt::AlignCenter);
    content()->addWidget(table_, 1);
    content()->addWidget(hint_, 1);
    connect(&overlay, &RunOverlay::changed, this, &ConfigDifferencesCard::refresh);
}

void ConfigDifferencesCard::showEvent(QShowEvent* event) {
    Card::showEvent(event);
    refresh();
}

void ConfigDifferencesCard::refresh() {
    if (!isVisible()) return;
    const auto runs = overlay_.details();
    QStringList names;
    for (const RunDetail* run : runs) names << name_of(run->summary);
    auto differences = config_differences(runs);
    const bool any = !differences.empty();
    table_->setVisible(any);
    hint_->setVisible(!any);
    hint_->setText(runs.size() < 2 ? tr("Tick two runs or more to see in which settings they differ.")
                                   : tr("These runs have the same settings."));
    set_aside(any ? tr("%1 settings differ").arg(differences.size()) : QString());
    model_->show(std::move(differences), std::move(names));
}

void ConfigDifferencesCard::retranslate() {
    set_title(tr("Settings that differ"));
    table_->setAccessibleName(tr("Settings in which the ticked runs differ"));
    table_->setToolTip(tr("A row for each setting that is not the same in all ticked runs"));
    refresh();
}

}  // namespace lathe
