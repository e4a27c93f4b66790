// Which weights: the run in training, checkpoints of the runs of the record, the starter model, folders and GGUF files
// that were opened before, another one. Kept up to date while runs come and go; a choice that goes stays listed, so
// that the engine can say what became of it. Thread: GUI.
#pragma once

#include <optional>

#include "ui/page.h"

namespace lathe {

class ModelPicker : public DropDown {
    Q_OBJECT

public:
    enum class Live { offered, absent };
    ModelPicker(const PageContext& context, Live live, QWidget* parent = nullptr);

    ModelSource source() const;
    void set_source(const ModelSource& source);
    // In words of the language in force, also before the list has them.
    QString title() const;

Q_SIGNALS:
    void chosen();  // by the user, or because the run that was chosen came or went

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void on_activated(int index);
    void open(const QString& path);

    const PageContext context_;
    Live live_;
    ModelSource source_;
    std::vector<std::pair<QString, QString>> entries_;  // words and key of the listed models
};

// The model that lies there, if it looks like one: a folder with config.json or adapter_config.json, or a GGUF file.
std::optional<ModelSource> model_at(const QString& path);
// The picker lists the last few.
void remember_model(const ModelSource& source, QSettings& settings);
// Paths, the last one first.
QStringList remembered_models(const QSettings& settings);
bool same_source(const ModelSource& a, const ModelSource& b);
// In words, as the picker lists it.
QString source_text(const ModelSource& source, const PageContext& context);

}  // namespace lathe
