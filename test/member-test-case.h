/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef MEMBER_TEST_CASE_H
#define MEMBER_TEST_CASE_H

#include "../model/ns3-release.h"

#include "ns3/config.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

#include <fstream>
#include <functional>
#include <locale>
#include <sstream>
#include <string>

namespace ns3::tests
{

/**
 * Read a file.
 * @param name the file's name
 * @return its contents
 */
inline std::string
ReadFile(const std::string& name)
{
    std::ostringstream contents;
    contents << std::ifstream(name, std::ios::binary).rdbuf();
    return contents.str();
}

/// Run the simulation, and destroy it.
inline void
RunAndDestroy()
{
    Simulator::Run();
    Simulator::Destroy();
}

/**
 * Call a function in a locale that writes numbers as in German, such as 1.234,5.
 * @param call the function
 */
inline void
InGermanLocale(const std::function<void()>& call)
{
    struct Numbers : public std::numpunct<char>
    {
        char do_decimal_point() const override
        {
            return ',';
        }

        char do_thousands_sep() const override
        {
            return '.';
        }

        std::string do_grouping() const override
        {
            return "\3";
        }
    };

    const auto before = std::locale::global(std::locale(std::locale::classic(), new Numbers));
    call();
    std::locale::global(before);
}

/**
 * A test case that runs a member function of its fixture, and cleans up.
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
        Simulator::Destroy();
        Names::Clear();
        Config::Reset();
    }

    const std::function<void(Fixture&)> m_run; //!< calls the member function
};

/**
 * Make a test case of a member function of a fixture.
 *
 * The arguments must be plain values: this runs before main, where no ns-3 object may be made.
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

/// A test suite that registers itself where it is defined.
class Suite : public TestSuite
{
  public:
    /**
     * Register the suite.
     *
     * This runs before main, where no ns-3 object may be made.
     * @param name the suite's name
     * @param type the suite's type
     * @param addCases adds the suite's cases
     */
    Suite(const std::string& name, TestSuite::Type type, void (*addCases)(Suite& suite))
        : TestSuite(name, type)
    {
        addCases(*this);
    }

    /**
     * Add a test case that each run of the suite includes.
     * @param args the arguments of MakeTestCase
     */
    template <class... Args>
    void Add(const Args&... args)
    {
        AddTestCase(MakeTestCase(args...));
    }

    /**
     * Add a test case that a quick run of the suite leaves out.
     * @param args the arguments of MakeTestCase
     */
    template <class... Args>
    void AddExtensive(const Args&... args)
    {
        AddTestCase(MakeTestCase(args...), GetExtensive(&Suite::AddTestCase));
    }
};

} // namespace ns3::tests

#endif /* MEMBER_TEST_CASE_H */
