using System.Runtime.InteropServices;
using Splitrail.Randomness;

namespace Splitrail.Tests.Unit.Experiments;

/// <summary>Ids as shops have them, in four families: numbers in a row, UUIDs, e-mail-like, and names that are not ASCII.</summary>
internal static class UnitIds
{
    public const int Families = 4;

    private static readonly string[] s_names = ["Ümit", "Zoë", "Иван", "山田", "محمد", "Łukasz", "Ngọc", "Σοφία"];

    public static string Of(int family, int number) => family switch
    {
        0 => $"{number}",
        1 => Uuid(number).ToString(),
        2 => $"shopper.{number}@mail{number % 7}.example.org",
        _ => $"{s_names[number & 7]}-{number >> 3}",
    };

    private static Guid Uuid(int number)
    {
        Span<ulong> bits = [SplitMix64.Mix((ulong)number * 2), SplitMix64.Mix(((ulong)number * 2) + 1)];
        return new Guid(MemoryMarshal.AsBytes(bits));
    }
}
