using Splitrail.Trainer.Training.Bayesian;

namespace Splitrail.Benchmarks.Bpmf;

/// <summary>What anything has to beat: the mean and a shrunk bias of each user and item, by alternating ridge regressions.</summary>
internal sealed class RatingBiases
{
    private const double Ridge = 5;
    private const int Rounds = 15;

    private readonly double _mean;
    private readonly Dictionary<int, double> _users = [];
    private readonly Dictionary<int, double> _items = [];

    public RatingBiases(IReadOnlyList<Rating> train)
    {
        _mean = train.Average(static rating => rating.Stars);
        var (users, items) = (train.ToLookup(static rating => rating.User), train.ToLookup(static rating => rating.Item));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var item in items)
                _items[item.Key] = item.Sum(rating => rating.Stars - _mean - _users.GetValueOrDefault(rating.User)) / (Ridge + item.Count());
            foreach (var user in users)
                _users[user.Key] = user.Sum(rating => rating.Stars - _mean - _items[rating.Item]) / (Ridge + user.Count());
        }
    }

    public double Rmse(IReadOnlyList<Rating> test) => Math.Sqrt(test.Average(rating => Math.Pow(rating.Stars - Predict(rating), 2)));

    private double Predict(Rating rating) => _mean + _users.GetValueOrDefault(rating.User) + _items.GetValueOrDefault(rating.Item);
}
