/** A text to be taken elsewhere, such as a command. */

import { useState } from 'preact/hooks';
import './copyable.css';

export function Copyable({ text }: { readonly text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <div class="copyable">
      <code>{text}</code>
      <button type="button" onClick={() => void copy().catch(() => setIsCopied(false))}>
        {isCopied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
