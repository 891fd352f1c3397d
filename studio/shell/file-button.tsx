/** A button that opens a file of the visitor's. */

import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface FileButtonProps {
  /** Kinds of files, as an input takes them. */
  readonly accept: string;
  /** What the file is, for screen readers. */
  readonly label: string;
  readonly onFile: (file: File) => void;
  /** What the button says. */
  readonly children: ComponentChildren;
}

export function FileButton({ accept, label, onFile, children }: FileButtonProps) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => chooser.current!.click()}>
        {children}
      </button>
      <input
        ref={chooser}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
