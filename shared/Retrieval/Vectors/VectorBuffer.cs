using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace Splitrail.Retrieval.Vectors;

/// <summary>
/// Numbers outside the managed heap: of their own, or a part of a mapped file. They live as long as somebody holds the object, so an index that was
/// swapped out stays readable for the queries that still run on it; whoever works with <see cref="Pointer"/> keeps the object alive.
/// </summary>
internal sealed unsafe partial class VectorBuffer<T> : CriticalFinalizerObject
    where T : unmanaged
{
    private readonly object? _owner;

    /// <summary>Zeroed memory, aligned to cache lines, in large pages where the system gives them.</summary>
    public VectorBuffer(long length)
    {
        Length = length;
        var bytes = (nuint)Math.Max(1, length * sizeof(T));
        var alignment = LargePages.Alignment(bytes);
        Pointer = (T*)NativeMemory.AlignedAlloc(bytes, alignment);
        LargePages.Advise((nint)Pointer, bytes);
        NativeMemory.Clear(Pointer, bytes);
        GC.AddMemoryPressure(Bytes);
    }

    /// <summary>A part of what <paramref name="owner"/> keeps mapped.</summary>
    public VectorBuffer(T* pointer, long length, object owner)
    {
        Pointer = pointer;
        (Length, _owner) = (length, owner);
        GC.SuppressFinalize(this);
    }

    ~VectorBuffer()
    {
        NativeMemory.AlignedFree(Pointer);
        GC.RemoveMemoryPressure(Bytes);
    }

    public T* Pointer { get; }

    public long Length { get; }

    public long Bytes => Math.Max(1, Length * sizeof(T));

    /// <summary>True when the numbers are a file's pages, which the system may drop and read again.</summary>
    public bool IsMapped => _owner is not null;

    public Span<T> Slice(long from, int length)
    {
        if (from < 0 || length < 0 || from + length > Length)
            throw new ArgumentOutOfRangeException(nameof(from), $"{from} + {length} is outside of {Length}.");
        return new Span<T>(Pointer + from, length);
    }
}
