import { Button, Modal } from '@mantine/core';
import { DialogFoot } from '../../ui/feedback/dialog-foot.tsx';
import { news } from './news.ts';
import type { Tour } from './tours.ts';
import { tours } from './tours.ts';
import classes from './tours.module.css';

interface NewsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTour: (tour: Tour) => void;
}

/** What is new since one looked last, and the tours. */
export function NewsDialog({ isOpen, onClose, onTour }: NewsDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="What is new" size={560} centered>
      <div className={classes.news}>
        <ul>
          {news.items.map(({ title, text }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p className="pw-t2">{text}</p>
            </li>
          ))}
        </ul>
        <DialogFoot>
          {tours.map((tour) => (
            <Button
              key={tour.id}
              variant="default"
              onClick={() => {
                onClose();
                onTour(tour);
              }}
            >
              Tour: {tour.title}
            </Button>
          ))}
        </DialogFoot>
      </div>
    </Modal>
  );
}
