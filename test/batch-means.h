/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef BATCH_MEANS_H
#define BATCH_MEANS_H

#include <cstddef>
#include <vector>

namespace ns3::tests
{

/**
 * The mean of a series of samples and its standard error. The error is that of the means of batches
 * of successive samples, so it holds for samples that depend on those shortly before them too.
 */
class BatchMeans
{
  public:
    /**
     * @param batchSize samples in a batch, many more than a sample depends on
     */
    explicit BatchMeans(std::size_t batchSize);

    /**
     * @param sample the next sample
     */
    void Add(double sample);

    /// @return samples that were added
    std::size_t GetCount() const;
    /// @return the mean of the samples
    double GetMean() const;
    /// @return the standard error of the mean
    double GetStandardError() const;

  private:
    const std::size_t m_batchSize; //!< samples in a batch
    std::size_t m_count{0};        //!< samples
    double m_sum{0};               //!< of all samples
    double m_batchSum{0};          //!< of those of the batch that is not full
    std::vector<double> m_means;   //!< of the batches that are full
};

} // namespace ns3::tests

#endif /* BATCH_MEANS_H */
