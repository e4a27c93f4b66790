// How the engine leaves room for who works on the machine: fewer threads, behind those that wait for the user. Any
// thread.
#pragma once

namespace lathe {

// Of the calling thread, and of those that it makes from here on: a batch thread never preempts one that waits for the
// user. Its nice stays as it is: a thread that has become nicer, or SCHED_IDLE, may not go back without privilege.
void schedule_behind_others(bool on);
// Of the ones wished for, 0: of the cores; half of them where room is left, at least one.
int threads_to_use(int wished, bool leaves_room);

}  // namespace lathe
