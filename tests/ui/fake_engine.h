// An engine that does nothing: it keeps what was posted, and says what the test lets it say.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

class FakeEngine : public EngineLink {
public:
    std::vector<std::pair<RequestId, Command>> posted;
    std::vector<RequestId> cancelled;

    RequestId post(Command command) override {
        posted.emplace_back(posted.size() + 1, std::move(command));
        return posted.back().first;
    }
    void cancel(RequestId request) override { cancelled.push_back(request); }
    void say(RequestId request, EventBody body) {
        Q_EMIT event_arrived(Event{.request = request, .body = std::move(body)});
    }

    template <class T>
    int count() const {
        return static_cast<int>(std::count_if(
            posted.begin(), posted.end(), [](const auto& entry) { return std::holds_alternative<T>(entry.second); }));
    }
    // The newest command of that kind and its request; 0 and a default where there is none.
    template <class T>
    std::pair<RequestId, T> last() const {
        for (auto entry = posted.rbegin(); entry != posted.rend(); ++entry)
            if (const auto* command = std::get_if<T>(&entry->second)) return {entry->first, *command};
        return {0, T{}};
    }
    // Answers the newest command of that kind.
    template <class T>
    void answer(EventBody body) {
        say(last<T>().first, std::move(body));
    }
};

}  // namespace lathe
