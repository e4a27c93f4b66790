// An engine that does nothing: it keeps what was posted and cancelled, and says what a test tells it to say.
#pragma once

#include <utility>
#include <vector>

#include "ui/engine_link.h"

namespace lathe {

class FakeEngine : public EngineLink {
public:
    using EngineLink::EngineLink;

    void cancel(RequestId request) override { cancelled.push_back(request); }

    void say(RequestId request, EventBody body) { Q_EMIT event_arrived({.request = request, .body = std::move(body)}); }

    template <class T>
    int count() const {
        int found = 0;
        for (const auto& [id, command] : posted) found += std::holds_alternative<T>(command) ? 1 : 0;
        return found;
    }
    // The newest command of a kind; null where there is none.
    template <class T>
    const T* last() const {
        for (auto at = posted.rbegin(); at != posted.rend(); ++at)
            if (const T* command = std::get_if<T>(&at->second)) return command;
        return nullptr;
    }
    template <class T>
    RequestId last_request() const {
        for (auto at = posted.rbegin(); at != posted.rend(); ++at)
            if (std::holds_alternative<T>(at->second)) return at->first;
        return 0;
    }

    // Answers the newest command of that kind.
    template <class T>
    void answer(EventBody body) {
        say(last_request<T>(), std::move(body));
    }

    std::vector<std::pair<RequestId, Command>> posted;
    std::vector<RequestId> cancelled;

protected:
    RequestId send(Command command) override {
        posted.emplace_back(++last_id_, std::move(command));
        return last_id_;
    }

private:
    RequestId last_id_ = 0;
};

}  // namespace lathe
