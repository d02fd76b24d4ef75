using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Splitrail.Retrieval.Vectors;

/// <summary>A file's pages in memory, for reading; unmapped when nobody holds it any more. A file that is replaced by renaming stays as it was for who has it mapped.</summary>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="file">May be closed afterwards.</param>
    public MappedFile(SafeFileHandle file)
    {
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        Pointer = pointer;
    }

    ~MappedFile()
    {
        // The handle outlives this: it is released after all other finalizers ran, and only once no pointer is held.
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    public byte* Pointer { get; }
}
