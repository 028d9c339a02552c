/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef MEMBER_TEST_CASE_H
#define MEMBER_TEST_CASE_H

#include "../model/ns3-release.h"

#include "ns3/test.h"

#include <functional>
#include <iostream>
#include <string>

namespace ns3::tests
{

/**
 * A test case that runs a member function of its fixture.
 * @tparam Fixture the fixture, a TestCase without DoRun
 */
template <class Fixture>
class MemberTestCase : public Fixture
{
  public:
    /**
     * Constructor.
     * @param name the behaviour that the test case holds
     * @param run calls the member function
     */
    MemberTestCase(const std::string& name, std::function<void(Fixture&)> run)
        : Fixture(name),
          m_run(std::move(run))
    {
    }

  private:
    void DoRun() override
    {
        m_run(*this);
    }

    const std::function<void(Fixture&)> m_run; //!< calls the member function
};

/**
 * Make a test case of a member function of a fixture.
 *
 * This runs before main, where nothing of ns-3 may be made: the arguments are plain values.
 * @param name the behaviour that the test case holds
 * @param test the member function
 * @param arguments the arguments that it is called with
 * @return the test case
 */
template <class Fixture, class... Parameters, class... Arguments>
TestCase*
MakeTestCase(const std::string& name,
             void (Fixture::*test)(Parameters...),
             const Arguments&... arguments)
{
    return new MemberTestCase<Fixture>(name, [test, arguments...](Fixture& fixture) {
        std::invoke(test, fixture, arguments...);
    });
}

/**
 * Say that a test case is skipped, in a line that tools/check counts.
 * @param test the test case
 * @param why what is missing, which begins with "this ns-3" if it is something of ns-3's
 */
inline void
Skip(const TestCase& test, const std::string& why)
{
    std::cout << "skipped: " << test.GetName() << ": " << why << std::endl;
}

} // namespace ns3::tests

#endif /* MEMBER_TEST_CASE_H */
