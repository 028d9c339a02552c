/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ns3/loopback-module.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace ns3;

namespace
{

/// @return what a signal does now
auto
GetEffect(int signal)
{
    struct sigaction action = {};
    sigaction(signal, nullptr, &action);
    return action.sa_handler;
}

/// All in one, as a program that a signal came to is not to go on for long.
class StopOnSignalTestCase : public TestCase
{
  public:
    StopOnSignalTestCase()
        : TestCase("a signal ends the run after the event under way, then the program when told to")
    {
    }

  private:
    void DoRun() override
    {
        StopOnSignal::EndProgram(); // which does nothing before a signal came
        const auto before = std::signal(SIGINT, SIG_IGN);
        {
            const StopOnSignal stop;
            NS_TEST_EXPECT_MSG_EQ((GetEffect(SIGINT) == SIG_IGN), true, "what is ignored stays so");
            Simulator::Schedule(Seconds(1), [this] {
                std::raise(SIGTERM);
                m_isEventOver = true;
            });
            Simulator::Schedule(Seconds(2), [this] { m_isRunOver = false; });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_isEventOver, true, "the event under way is done");
            NS_TEST_EXPECT_MSG_EQ(m_isRunOver, true, "and no other");
            NS_TEST_EXPECT_MSG_EQ(StopOnSignal::GetSignal(), SIGTERM, "the signal");
            NS_TEST_EXPECT_MSG_EQ((GetEffect(SIGTERM) == SIG_DFL), true, "a second one would kill");
        }
        Simulator::Destroy();
        std::signal(SIGINT, before);

        {
            const StopOnSignal stop;
            Simulator::ScheduleNow([this] { m_isRunOver = false; });
            Simulator::Run();
            NS_TEST_EXPECT_MSG_EQ(m_isRunOver, true, "a run that comes after the signal ends too");
        }
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(GetSignalThatEnds(), SIGTERM, "what EndProgram ends a program by");
    }

    /// @return the signal that ends a process which calls EndProgram, or 0 if none does
    static int GetSignalThatEnds()
    {
        const auto child = fork();
        if (child == 0)
        {
            StopOnSignal::EndProgram();
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }

    bool m_isEventOver{false};
    bool m_isRunOver{true};
};

class LoStopOnSignalTestSuite : public TestSuite
{
  public:
    LoStopOnSignalTestSuite()
        : TestSuite("lo-stop-on-signal", TestSuite::Type::UNIT)
    {
        AddTestCase(new StopOnSignalTestCase);
    }
};

LoStopOnSignalTestSuite g_loStopOnSignalTestSuite;

} // namespace
