// What memory is taken for: one bar of all kinds against what there is, and the kinds with their amounts in two
// columns, or in one where there is little room. Thread: GUI.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/memory_kinds.h"

namespace lathe {

class KindTable : public QWidget {
    Q_OBJECT

public:
    explicit KindTable(QWidget* parent = nullptr);
    void set_kinds(const std::vector<MemoryKind>& kinds);
    void set_faded(bool faded);  // an answer that is no longer the last word
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    size_t columns() const;

    std::vector<MemoryKind> kinds_;
    bool faded_ = false;
};

// The kinds side by side, together as long as the bar; a thin line below it is their sum's share of what there is.
class MemoryBar : public QWidget {
    Q_OBJECT

public:
    explicit MemoryBar(QWidget* parent = nullptr);
    // available_bytes 0: not known, there is no line. `tone` is the line's.
    void set_kinds(const std::vector<MemoryKind>& kinds, int64_t available_bytes, Tone tone);
    void set_faded(bool faded);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<MemoryKind> kinds_;
    int64_t available_bytes_ = 0;
    Tone tone_ = Tone::muted;
    bool faded_ = false;
};

}  // namespace lathe
