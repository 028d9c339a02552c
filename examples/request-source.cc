/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "request-source.h"

#include "program-error.h"

#include "ns3/pointer.h"
#include "ns3/string.h"

#include <numeric>
#include <sstream>
#include <string>

using namespace ns3;

NS_OBJECT_ENSURE_REGISTERED(RequestSource);

namespace
{

Time
DrawTime(Ptr<RandomVariableStream> variable, const std::string& attribute)
{
    constexpr double DAY = 86400;
    const auto seconds = variable->GetValue();
    // NaN is refused as well.
    if (!(seconds >= 0 && seconds <= DAY))
    {
        std::ostringstream os;
        os << "--ns3::RequestSource::" << attribute << ": it drew " << seconds
           << ", which is not a time from 0 to 86400 seconds";
        throw ProgramError(os.str());
    }
    return Seconds(seconds);
}

} // namespace

Time
Request::GetServiceTime() const
{
    return std::accumulate(serviceTimes.begin(), serviceTimes.end(), Time(0));
}

TypeId
RequestSource::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::RequestSource")
            .SetParent<Object>()
            .SetGroupName("Loopback")
            .AddConstructor<RequestSource>()
            .AddAttribute("Interval",
                          "Time between requests, in seconds",
                          StringValue("ns3::ExponentialRandomVariable[Mean=0.01]"),
                          MakePointerAccessor(&RequestSource::m_interval),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute("ServiceTime",
                          "How long a service works on a request before it goes on to the next "
                          "service or is answered, in seconds",
                          StringValue("ns3::ExponentialRandomVariable[Mean=0.001]"),
                          MakePointerAccessor(&RequestSource::m_serviceTime),
                          MakePointerChecker<RandomVariableStream>());
    return tid;
}

std::vector<Request>
RequestSource::Draw(uint64_t count, uint64_t nServices, int64_t firstStream) const
{
    m_interval->SetStream(firstStream);
    m_serviceTime->SetStream(firstStream + 1);
    std::vector<Request> requests(count);
    Time sent;
    for (auto& request : requests)
    {
        sent += DrawTime(m_interval, "Interval");
        request.sent = sent;
        for (uint64_t i = 0; i < nServices; ++i)
        {
            request.serviceTimes.push_back(DrawTime(m_serviceTime, "ServiceTime"));
        }
    }
    return requests;
}
