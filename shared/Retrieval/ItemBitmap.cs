using System.Numerics;

namespace Splitrail.Retrieval;

/// <summary>One bit per item of a model. Filters are pushed into selection as one of these.</summary>
public sealed class ItemBitmap
{
    private readonly ulong[] _words;

    /// <summary>No item is in it.</summary>
    public ItemBitmap(int count)
    {
        Count = count;
        _words = new ulong[(count + 63) / 64];
    }

    public int Count { get; }

    /// <summary>Item i is bit i % 64 of word i / 64.</summary>
    internal ReadOnlySpan<ulong> Words => _words;

    public static ItemBitmap All(int count)
    {
        var all = new ItemBitmap(count);
        all.SetAll();
        return all;
    }

    /// <summary>Every item is in it.</summary>
    public void SetAll()
    {
        _words.AsSpan().Fill(ulong.MaxValue);
        if (Count % 64 != 0)
            _words[^1] = (1UL << (Count % 64)) - 1;
    }

    /// <summary>Holds what the other holds, which is of as many items.</summary>
    public void CopyFrom(ItemBitmap other) => other._words.CopyTo(_words, 0);

    public void Clear() => Array.Clear(_words);

    public bool this[int item]
    {
        get => (_words[item >> 6] >> (item & 63) & 1) != 0;
        set
        {
            if (value)
                _words[item >> 6] |= 1UL << (item & 63);
            else
                _words[item >> 6] &= ~(1UL << (item & 63));
        }
    }

    /// <summary>Becomes what the words say; bits beyond <see cref="Count"/> are left out.</summary>
    public void Load(ReadOnlySpan<ulong> words)
    {
        words[.._words.Length].CopyTo(_words);
        if (Count % 64 != 0)
            _words[^1] &= (1UL << (Count % 64)) - 1;
    }

    public ItemBitmap Clone()
    {
        var copy = new ItemBitmap(Count);
        _words.CopyTo(copy._words, 0);
        return copy;
    }

    /// <summary>Keeps what is in both.</summary>
    public void IntersectWith(ItemBitmap other)
    {
        for (var w = 0; w < _words.Length; w++)
            _words[w] &= other._words[w];
    }

    /// <summary>Adds what is in the other.</summary>
    public void UnionWith(ItemBitmap other)
    {
        for (var w = 0; w < _words.Length; w++)
            _words[w] |= other._words[w];
    }

    public int CountSet()
    {
        var set = 0;
        foreach (var word in _words)
            set += BitOperations.PopCount(word);
        return set;
    }
}
