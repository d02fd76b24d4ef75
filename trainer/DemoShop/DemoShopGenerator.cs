using Splitrail.Contracts;
using Splitrail.Datasets;
using Splitrail.Randomness;
using Splitrail.Trainer.Terminal;

namespace Splitrail.Trainer.DemoShop;

/// <summary>
/// Makes a shop out of a seed: a catalogue, known users and guests, and what they did. Most known users come once and do little; the others come
/// back, long-tailed. Additions, multiplications and integer hashing only, so that a seed means the same shop everywhere.
/// </summary>
internal sealed class DemoShopGenerator
{
    public const string Format = "demo";

    private const double ShareOfLightUsers = 0.6;
    private const int MostEventsOfLightUsers = 4;
    private const double TailOfVisits = 0.45;
    private const double GuestsGoOn = 0.64;
    private const double UsersGoOn = 0.82;

    private readonly DemoShopOptions _options;
    private readonly Tastes _tastes;
    private readonly DemoItem[] _items;
    private readonly DemoClock _clock;
    private readonly Visit _visit;
    private readonly Reviews _reviews;

    public DemoShopGenerator(DemoShopOptions options)
    {
        _options = options.Validated();
        var random = SplitMix64.Stream(options.Seed, Streams.Styles);
        _tastes = new Tastes(DemoCategory.All.Count, ref random);
        _items = new DemoCatalogue(options, _tastes).Make();
        _clock = new DemoClock(options.Days);
        _visit = new Visit(_items, new DemandCalendar(_items, options.Days));
        _reviews = new Reviews(_items, options.Seed);
    }

    /// <summary>The whole shop, ready to be written.</summary>
    public DatasetWriter Generate(IWorkLog log)
    {
        var writer = new DatasetWriter($"demo shop {_options.Seed}", Format);
        foreach (var item in _items) writer.Add(item.Listing);
        Repeat(log, "known users shopping", _options.Users, user => AddUser(user, writer));
        Repeat(log, "guests shopping", _options.Guests, guest => AddGuest(guest, writer));
        return writer;
    }

    private static void Repeat(IWorkLog log, string title, int count, Action<int> work)
    {
        const int Stride = 1024;
        using var step = log.Step(title);
        for (var i = 0; i < count; i++)
        {
            work(i);
            if (i % Stride == 0) step.Report((double)i / count);
        }
    }

    private void AddGuest(int number, DatasetWriter writer)
    {
        var random = SplitMix64.Stream(_options.Seed, Streams.Guest(number));
        var who = Shopper.Draw(_tastes, ref random);
        var session = $"g{number + 1:D6}";
        var day = _clock.DrawDay(ref random);
        var time = _clock.DrawTime(day, ref random);
        var looks = VisitLength.DrawLooks(GuestsGoOn, ref random);
        var reviews = SplitMix64.Stream(_options.Seed, Streams.ReviewsOfGuest(number));
        Shop(who, (day, time), looks, row => writer.Add(row with { SessionId = session }), ref random, ref reviews);
    }

    private void AddUser(int number, DatasetWriter writer)
    {
        var random = SplitMix64.Stream(_options.Seed, Streams.User(number));
        var who = Shopper.Draw(_tastes, ref random);
        var user = $"u{number + 1:D5}";
        var light = random.NextDouble() < ShareOfLightUsers;
        var visits = light ? 1 : VisitLength.DrawVisits(TailOfVisits, ref random);
        var left = light ? MostEventsOfLightUsers : int.MaxValue;
        var moments = Moments(visits, ref random);
        var reviews = SplitMix64.Stream(_options.Seed, Streams.ReviewsOfUser(number));
        for (var visit = 0; visit < visits; visit++)
        {
            var session = $"{user}-{visit + 1}";
            var looks = VisitLength.DrawLooks(light ? 0.3 : UsersGoOn, ref random);
            Shop(who, moments[visit], looks, Add, ref random, ref reviews);

            void Add(EventRow row)
            {
                if (left-- > 0) writer.Add(row with { UserId = user, SessionId = session });
            }
        }
    }

    private void Shop(Shopper who, (int Day, long Time) moment, int looks, Action<EventRow> add, ref SplitMix64 random, ref SplitMix64 reviews)
    {
        var bought = new List<EventRow>();
        _visit.Walk(who, moment.Day, moment.Time, looks, AddAndKeep, ref random);
        _reviews.Write(who, bought, add, ref reviews);

        void AddAndKeep(EventRow row)
        {
            add(row);
            if (row.Type == EventTypes.Purchase) bought.Add(row);
        }
    }

    private (int Day, long Time)[] Moments(int visits, ref SplitMix64 random)
    {
        var moments = new (int Day, long Time)[visits];
        for (var i = 0; i < visits; i++)
        {
            var day = _clock.DrawDay(ref random);
            moments[i] = (day, _clock.DrawTime(day, ref random));
        }
        Array.Sort(moments, (a, b) => a.Time.CompareTo(b.Time));
        return moments;
    }
}
