// How long the documents are: a bar for each doubling of their characters. Thread: GUI.
#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

namespace lathe {

class LengthHistogram : public QWidget {
    Q_OBJECT

public:
    explicit LengthHistogram(QWidget* parent = nullptr);
    // DatasetSurvey::lengths
    void set_lengths(std::vector<int64_t> lengths);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    size_t first_bin() const;
    QString bin_text(size_t bin) const;
    void name_it();

    std::vector<int64_t> lengths_;
};

}  // namespace lathe
