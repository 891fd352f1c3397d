/** A still picture from the camera. Nothing leaves the page. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { openPicture } from '../state/drawing.js';
import './camera.css';

interface CameraProps {
  readonly onClose: () => void;
}

/** By the name of what getUserMedia throws. */
const reasons: Readonly<Record<string, string>> = {
  NotAllowedError: 'The camera was not allowed. Allow it in the settings of this page, or open a picture instead.',
  NotFoundError: 'There is no camera on this device. Open a picture instead.',
  NotReadableError: 'Another program uses the camera. Close it, or open a picture instead.',
};
const noCamera = 'This page gets no camera: it needs https or localhost. Open a picture instead.';

export function Camera({ onClose }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string>();
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isClosed = false;
    const open = async () => {
      if (!navigator.mediaDevices) throw new Error(noCamera);
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (isClosed) stopAll(stream);
      else video.current!.srcObject = stream;
    };
    open().catch((error: Error) => setProblem(reasons[error.name] ?? error.message));
    return () => {
      isClosed = true;
      if (stream) stopAll(stream);
    };
  }, []);
  const take = () => {
    const { videoWidth: width, videoHeight: height } = video.current!;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(video.current!, 0, 0);
    openPicture({ name: 'camera', pixels: context.getImageData(0, 0, width, height) });
    onClose();
  };
  return (
    <div class="camera">
      {problem ? (
        <p role="alert">{problem}</p>
      ) : (
        <video ref={video} autoplay muted playsInline onPlaying={() => setIsReady(true)} />
      )}
      <div class="row">
        <button type="button" class="primary" disabled={!isReady} onClick={take}>
          Take the picture
        </button>
        <button type="button" onClick={onClose}>
          Back to the pad
        </button>
      </div>
    </div>
  );
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
