// The Model page with its two doors: Open, what is on this disk and what can be fetched; Build, a model from its parts.
// Thread: GUI.
#pragma once

#include <QStackedWidget>

#include "ui/library_panel.h"
#include "ui/model_builder.h"
#include "ui/page.h"

namespace lathe {

class ModelPage : public Page {
    Q_OBJECT

public:
    enum class Door { open, build };

    explicit ModelPage(const PageContext& context, QWidget* parent = nullptr);
    QString name() const override;
    QString icon() const override { return QStringLiteral("model"); }
    void entered() override;
    void take_path(const QString& path) override;  // a shape to build from
    // Settings to build on.
    void take_config(const RunConfig& config, const QString& name) override;

    void show_door(Door door);
    Door door() const { return static_cast<Door>(faces_->currentIndex()); }
    LibraryPanel* library() const { return library_; }
    ModelBuilder* builder() const { return builder_; }

protected:
    void retranslate() override;
    // A config.json, a GGUF file or a model's folder: opened, or its shape built on.
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build_actions();
    void arrange();
    void choose_import();
    void train();
    void on_saved(const QString& name, const std::optional<RunConfig>& before);

    const PageContext context_;
    Segments* doors_;
    QStackedWidget* faces_;
    LibraryPanel* library_;
    ModelBuilder* builder_;
    QPushButton *import_, *save_, *train_;
    QAction *open_action_, *build_action_, *import_action_, *save_action_, *train_action_, *undo_, *redo_, *find_;
};

}  // namespace lathe
